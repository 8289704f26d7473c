import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { client, data, done, page, type RowOf, type Schema } from "@/api";
import { notify } from "@/design";

export type SavedView = RowOf<"/api/v1/saved-views">;

const most = 200;
const at = (id: string) => ({ params: { path: { view_id: id } } });

/** The views of a list that one sees: one's own and those shared. */
export function useSavedViews(list: string): SavedView[] {
  return useViews(list).data ?? [];
}

function useViews(list: string) {
  return useQuery({
    queryKey: ["saved-views", list],
    queryFn: async () => (await page("/api/v1/saved-views", { "filter[list]": list, limit: most })).data,
  });
}

export const keepView = (body: Schema<"ViewIn">) => data(client.POST("/api/v1/saved-views", { body }));

export const changeView = (id: string, body: Schema<"ViewChange">) =>
  data(client.PATCH("/api/v1/saved-views/{view_id}", { ...at(id), body }));

export const removeView = (id: string) => done(client.DELETE("/api/v1/saved-views/{view_id}", at(id)));
export const openFirst = (id: string) => done(client.PUT("/api/v1/saved-views/{view_id}/first", at(id)));
export const openPlain = (id: string) => done(client.DELETE("/api/v1/saved-views/{view_id}/first", at(id)));

const said = (error: unknown) => (error instanceof Error ? error.message : String(error));
const sayBad = (text: string) => notify(text, { kind: "bad" });

/** Does a deed with a view and reads the views again; a refusal is said, and told by false. */
export function useViewDeeds() {
  const queries = useQueryClient();
  return async (deed: Promise<unknown>): Promise<boolean> => {
    try {
      await deed;
      await queries.invalidateQueries({ queryKey: ["saved-views"] });
      return true;
    } catch (error) {
      sayBad(said(error));
      return false;
    }
  };
}

/** Opens a list with the view that one chose for it, once, unless the address says already what to show. */
export function useFirstView(
  list: string,
  isPlain: boolean,
  open: (state: Record<string, unknown>) => void,
): void {
  const views = useViews(list).data;
  const done = useRef(!isPlain);
  useEffect(() => {
    if (done.current || !views) return;
    done.current = true;
    const first = views.find((view) => view.opens_first);
    if (first) open(first.state);
  }, [views, open]);
}
