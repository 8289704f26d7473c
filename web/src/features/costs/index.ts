export { OrderCosts } from "./OrderCosts";
export { ProductLayers } from "./ProductLayers";
