export { api, type Page } from "./client";
export { meQuery, useMay, useMe } from "./me";
export { ApiProblem, isPassing } from "./problem";
export { useList } from "./useList";
