export { ProductStock } from "./ProductStock";
export { ProductTotals } from "./ProductTotals";
export { StockHistory } from "./StockHistory";
export { StockMovements } from "./StockMovements";
export { WarehouseStock } from "./WarehouseStock";
