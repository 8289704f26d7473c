export { useProduct } from "./queries";
export { SkuPicker } from "./SkuPicker";
