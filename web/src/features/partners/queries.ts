import { queryOptions, useQuery } from "@tanstack/react-query";
import { type BodyOf, client, data, done, every, ifMatch, type RowOf, type Schema, tagged } from "@/api";

export type Supplier = RowOf<"/api/v1/suppliers">;
export type SupplierItem = RowOf<"/api/v1/supplier-items">;
export type Customer = RowOf<"/api/v1/customers">;
export type CustomerBody = BodyOf<"/api/v1/customers", "post">;
export type Seller = RowOf<"/api/v1/sellers">;

const at = (key: string) => ({ params: { path: { key } } });
const atItem = (item_id: string) => ({ params: { path: { item_id } } });

export function supplierQuery(key: string) {
  return queryOptions({
    queryKey: ["suppliers", "one", key],
    queryFn: () => tagged(client.GET("/api/v1/suppliers/{key}", at(key))),
  });
}

const allSuppliers = queryOptions({
  queryKey: ["suppliers", "all"],
  queryFn: () => every("/api/v1/suppliers", { sort: "name", fields: "id,name,code" }),
});

/** The suppliers as choices of a field or a filter. */
export function useSupplierOptions(): { value: string; label: string }[] {
  return (useQuery(allSuppliers).data ?? []).map((one) => ({ value: one.id, label: one.name }));
}

export const createSupplier = (body: Schema<"SupplierIn">) =>
  data(client.POST("/api/v1/suppliers", { body }));

export const changeSupplier = (key: string, body: Schema<"SupplierChange">, tag?: string | null) =>
  data(client.PATCH("/api/v1/suppliers/{key}", { ...at(key), body, ...ifMatch(tag) }));

export const removeSupplier = (key: string) => done(client.DELETE("/api/v1/suppliers/{key}", at(key)));

export function itemQuery(id: string) {
  return queryOptions({
    queryKey: ["supplier-items", "one", id],
    queryFn: () => tagged(client.GET("/api/v1/supplier-items/{item_id}", atItem(id))),
  });
}

export const createItem = (supplier: string, body: Schema<"SupplierItemIn">) =>
  data(client.POST("/api/v1/suppliers/{key}/items", { ...at(supplier), body }));

export const changeItem = (id: string, body: Schema<"SupplierItemChange">, tag?: string | null) =>
  data(client.PATCH("/api/v1/supplier-items/{item_id}", { ...atItem(id), body, ...ifMatch(tag) }));

export const removeItem = (id: string) => done(client.DELETE("/api/v1/supplier-items/{item_id}", atItem(id)));

export function customerQuery(key: string) {
  return queryOptions({
    queryKey: ["customers", "one", key],
    queryFn: () => tagged(client.GET("/api/v1/customers/{key}", at(key))),
  });
}

export const createCustomer = (body: CustomerBody) => data(client.POST("/api/v1/customers", { body }));

export const changeCustomer = (key: string, body: Schema<"CustomerChange">, tag?: string | null) =>
  data(client.PATCH("/api/v1/customers/{key}", { ...at(key), body, ...ifMatch(tag) }));

export const removeCustomer = (key: string) => done(client.DELETE("/api/v1/customers/{key}", at(key)));

export function sellerQuery(key: string) {
  return queryOptions({
    queryKey: ["sellers", "one", key],
    queryFn: () => tagged(client.GET("/api/v1/sellers/{key}", at(key))),
  });
}

export const createSeller = (body: Schema<"SellerIn">) => data(client.POST("/api/v1/sellers", { body }));

export const changeSeller = (key: string, body: Schema<"SellerChange">, tag?: string | null) =>
  data(client.PATCH("/api/v1/sellers/{key}", { ...at(key), body, ...ifMatch(tag) }));

export const removeSeller = (key: string) => done(client.DELETE("/api/v1/sellers/{key}", at(key)));
