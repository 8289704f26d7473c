import { useQuery } from "@tanstack/react-query";
import { ApiProblem, client, data, done, type Schema } from "@/api";

export type Kit = Schema<"KitOut">;

/** What a SKU is made of; null when it is no kit. */
export function useKit(sku: string) {
  return useQuery({
    queryKey: ["kits", sku],
    queryFn: async (): Promise<Kit | null> => {
      try {
        return await data(client.GET("/api/v1/kits/{key}", { params: { path: { key: sku } } }));
      } catch (error) {
        if (error instanceof ApiProblem && error.code === "kits.unknown_kit") return null;
        throw error;
      }
    },
    enabled: sku !== "",
  });
}

export function writeKit(key: string, components: Schema<"ComponentIn">[]): Promise<Kit> {
  return data(client.PUT("/api/v1/kits/{key}", { params: { path: { key } }, body: { components } }));
}

export function removeKit(key: string): Promise<void> {
  return done(client.DELETE("/api/v1/kits/{key}", { params: { path: { key } } }));
}

export const touches = ["kits", "products", "inventory", "scan"];
