export { type Line, LinesEditor, newLine } from "./LinesEditor";
export { checkLines } from "./lineChecks";
export { productOf, useProduct } from "./queries";
export { SkuPicker } from "./SkuPicker";
