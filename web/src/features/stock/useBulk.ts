import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { client, data, useSave } from "@/api";
import { notify } from "@/design";
import {
  adjust,
  type Level,
  releaseReservation,
  reserve,
  reversePosting,
  setLevels,
  touches,
} from "./queries";

export type BulkKind = "adjust" | "set" | "reserve" | "tag" | "price";

/** Takes back what was done. */
type Undo = () => Promise<unknown>;
type Report = (done: number, total: number) => void;

const product = (key: string) => ({ params: { path: { key } } });
const isOnce = (id: string, index: number, all: string[]) => all.indexOf(id) === index;

/** One after the other, telling how far it is; when one is refused, what was done is taken back. */
async function each<Item>(items: Item[], report: Report, deed: (item: Item) => Promise<Undo>): Promise<Undo> {
  const undos: Undo[] = [];
  const back = async () => {
    for (const undo of undos.toReversed()) await undo();
  };
  try {
    for (const item of items) {
      undos.push(await deed(item));
      report(undos.length, items.length);
    }
  } catch (error) {
    await back();
    throw error;
  }
  return back;
}

async function posted(posting: Promise<{ posting_id: string }>): Promise<Undo> {
  const made = await posting;
  return () => reversePosting(made.posting_id, "undone");
}

async function reserved(row: Level, quantity: string): Promise<Undo> {
  const made = await reserve({ sku: row.sku, warehouse: row.warehouse, quantity });
  return () => releaseReservation(made.id);
}

async function changed(id: string, kind: "tag" | "price", text: string): Promise<Undo> {
  const before = await data(client.GET("/api/v1/products/{key}", product(id)));
  const tags = [...before.tags, text].filter(isOnce);
  const body = kind === "tag" ? { tags } : { selling_price: text };
  const was = kind === "tag" ? { tags: before.tags } : { selling_price: before.selling_price };
  await data(client.PATCH("/api/v1/products/{key}", { ...product(id), body }));
  return () => data(client.PATCH("/api/v1/products/{key}", { ...product(id), body: was }));
}

/** What a kind of change does with the rows; stock moves in one posting, all or none. */
function deedOf(kind: BulkKind, rows: Level[], text: string, report: Report): Promise<Undo> {
  const places = rows.map(({ sku, warehouse, on_hand }) => ({ sku, warehouse, on_hand }));
  const products = rows.map((row) => row.product_id).filter(isOnce);
  if (kind === "adjust") {
    const lines = places.map(({ sku, warehouse }) => ({ sku, warehouse, quantity: text }));
    return posted(adjust({ reason: "changed together", lines }));
  }
  if (kind === "set") {
    const lines = places.map(({ sku, warehouse, on_hand }) => ({
      sku,
      warehouse,
      quantity: text,
      expected_quantity: on_hand,
    }));
    return posted(setLevels({ lines, reason: "set together", fact: false }));
  }
  if (kind === "reserve") return each(rows, report, (row) => reserved(row, text));
  return each(products, report, (id) => changed(id, kind, text));
}

/** Changes many levels at once and offers to take it back. */
export function useBulk(rows: Level[], onDone: () => void) {
  const { t } = useLingui();
  const save = useSave();
  const [state, setState] = useState({ busy: false, done: 0, total: 1, problem: "" });
  const stale = [...touches, "products"];
  const said = (error: unknown) => (error instanceof Error ? error.message : String(error));

  const takeBack = (undo: Undo) =>
    void save(undo(), stale)
      .then(() => notify(t`Taken back.`))
      .catch((error) => notify(said(error), { kind: "bad" }));

  async function run(kind: BulkKind, text: string): Promise<void> {
    setState({ busy: true, done: 0, total: 1, problem: "" });
    try {
      const report: Report = (done, total) => setState((before) => ({ ...before, done, total }));
      const undo = await save(deedOf(kind, rows, text, report), stale);
      const count = rows.length;
      notify(t`${plural(count, { one: "# level changed.", other: "# levels changed." })}`, {
        action: { label: t`Undo`, run: () => takeBack(undo) },
      });
      onDone();
    } catch (error) {
      setState({ busy: false, done: 0, total: 1, problem: said(error) });
    }
  }
  return { ...state, run };
}
