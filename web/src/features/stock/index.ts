export { ProductStock } from "./ProductStock";
export { ProductTotals } from "./ProductTotals";
export { StockMovements } from "./StockMovements";
