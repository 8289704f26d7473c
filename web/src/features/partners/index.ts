export { CustomerPicker } from "./CustomerPicker";
export { type Customer, useSupplierOptions } from "./queries";
export { SuppliersOf } from "./SuppliersOf";
