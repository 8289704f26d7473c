export { KitCard } from "./KitCard";
