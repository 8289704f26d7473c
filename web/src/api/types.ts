import type { components } from "./schema.gen";

type Schemas = components["schemas"];

/** A thing of the contract by its name there. */
export type Schema<Name extends keyof Schemas> = Schemas[Name];
