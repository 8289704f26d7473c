export { CustomerPicker } from "./CustomerPicker";
export { useSupplierOptions } from "./queries";
