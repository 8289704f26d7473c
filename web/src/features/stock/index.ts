export { ProductStock } from "./ProductStock";
export { ProductTotals } from "./ProductTotals";
export { Reservations } from "./Reservations";
export { StockHistory } from "./StockHistory";
export { StockMovements } from "./StockMovements";
export { useAvailable } from "./useAvailable";
export { WarehouseStock } from "./WarehouseStock";
