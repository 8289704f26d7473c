import { client, data, done, type RowOf, type Schema } from "@/api";

export type Person = RowOf<"/api/v1/users">;
export type Key = RowOf<"/api/v1/api-keys">;
export type NewKey = Schema<"NewKeyOut">;
export type Entry = RowOf<"/api/v1/audit">;
export type Role = Schema<"UserIn">["role"];

export function changeOrganization(body: Schema<"OrganizationChange">) {
  return data(client.PATCH("/api/v1/organization", { body }));
}

export function createPerson(body: Schema<"UserIn">) {
  return data(client.POST("/api/v1/users", { body }));
}

export function changePerson(user_id: string, body: Schema<"UserChange">) {
  return done(client.PATCH("/api/v1/users/{user_id}", { params: { path: { user_id } }, body }));
}

export function createKey(body: Schema<"KeyIn">) {
  return data(client.POST("/api/v1/api-keys", { body }));
}

export function revokeKey(key_id: string) {
  return done(client.DELETE("/api/v1/api-keys/{key_id}", { params: { path: { key_id } } }));
}
