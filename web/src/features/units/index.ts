export { MeasureCard } from "./MeasureCard";
export { useMeasure } from "./queries";
export { UnitInput } from "./UnitInput";
export { UnitsPart } from "./UnitsPart";
