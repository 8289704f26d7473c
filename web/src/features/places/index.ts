export { useWarehouseOptions, useWarehouses, useWarehousesIfKnown, type Warehouse } from "./queries";
export { WarehousesMissing } from "./WarehousesMissing";
