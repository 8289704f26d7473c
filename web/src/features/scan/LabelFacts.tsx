import { useLingui } from "@lingui/react/macro";
import { Card, Code, Facts } from "@/design";
import type { Scan } from "./queries";

/** What stands on a GS1 label, element by element. */
export function LabelFacts({ label }: { label: Scan["label"] }) {
  const { t } = useLingui();
  return (
    <Card title={t`On the label`}>
      <Facts
        items={label.elements.map(({ ai, title, value, date, number }) => ({
          label: `(${ai}) ${title}`,
          value: <Code>{date ?? number ?? value}</Code>,
        }))}
      />
    </Card>
  );
}
