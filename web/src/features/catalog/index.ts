export { type Line, LinesEditor, newLine } from "./LinesEditor";
export { checkLines } from "./lineChecks";
export { productOf, useCategories, useProduct } from "./queries";
export { SkuPicker } from "./SkuPicker";
