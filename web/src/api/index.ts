/** The front door of the API: the typed client, lists, changes, and who is signed in. */
export { body, client, data, done, ifMatch, tagged } from "./client";
export { type FileKind, save } from "./exports";
export { isEnded, jobPause, jobQuery } from "./jobs";
export { every, type ListPath, page, type RowOf } from "./lists";
export { type Me, meQuery, useMay, useMe } from "./me";
export { ApiProblem, isPassing } from "./problem";
export type { BodyOf, Schema } from "./types";
export { useChange, useSave } from "./useChange";
export { useList } from "./useList";
