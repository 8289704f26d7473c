import { useLingui } from "@lingui/react/macro";
import { useChange, useMay } from "@/api";
import { RowMenu, type Verb } from "@/design";
import { usePanel } from "@/lib/navigation";
import { type Count, type CountLine, recountLines, touches } from "./queries";

/** What can be done with one line: say why it differs, or have it counted again. */
export function LineVerbs({ count, line }: { count: Count; line: CountLine }) {
  const { t } = useLingui();
  const panel = usePanel();
  const mayApprove = useMay("counting.approve");
  const mayPlan = useMay("counting.plan");
  const again = useChange({
    change: () => recountLines(count.id, [line.id]),
    touches,
    said: () => t`${line.sku} is to be counted again.`,
  });
  const over = count.status === "posted" || count.status === "cancelled";
  const verbs: Verb[] = [];
  if (mayPlan && !over) {
    const about = {
      count: count.id,
      line: line.id,
      sku: line.sku,
      reason: line.reason ?? "",
      note: line.note ?? "",
    };
    verbs.push({ label: t`Explain`, icon: "edit", run: () => panel.open("explain-line", about) });
  }
  if (mayApprove && ["review", "approved"].includes(count.status)) {
    verbs.push({ label: t`Count again`, icon: "refresh", run: () => again.mutate(undefined) });
  }
  return verbs.length ? <RowMenu label={t`Actions for ${line.sku}`} verbs={verbs} /> : null;
}
