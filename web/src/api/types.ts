import type { components, paths } from "./schema.gen";

type Schemas = components["schemas"];

/** A thing of the contract by its name there. */
export type Schema<Name extends keyof Schemas> = Schemas[Name];

type Method = "post" | "put" | "patch";

/** What a path of the contract takes; for names that several modules use for things of their own. */
export type BodyOf<P extends keyof paths, M extends Method> =
  paths[P] extends Record<M, infer Operation>
    ? Operation extends { requestBody?: { content: { "application/json": infer Body } } }
      ? Body
      : never
    : never;
