export { useWarehouseOptions, useWarehouses, type Warehouse } from "./queries";
