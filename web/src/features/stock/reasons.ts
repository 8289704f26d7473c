import { useLingui } from "@lingui/react/macro";

type MovementType = "purchase" | "adjustment" | "return" | "waste";

export interface Reason {
  value: string;
  label: string;
  type: MovementType;
  /** Stock leaves. */
  takes: boolean;
  /** It has happened already: it is recorded even when less is there, and what is missing becomes a shortage. */
  fact: boolean;
}

/** Why stock changes by hand, in the words of people at a shelf. */
export function useReasons(): Reason[] {
  const { t } = useLingui();
  return [
    { value: "received", label: t`Received: add`, type: "purchase", takes: false, fact: false },
    { value: "found", label: t`Found: add`, type: "adjustment", takes: false, fact: false },
    { value: "returned", label: t`Returned by a customer: add`, type: "return", takes: false, fact: false },
    { value: "damaged", label: t`Damaged: take away`, type: "waste", takes: true, fact: true },
    { value: "lost", label: t`Lost or stolen: take away`, type: "waste", takes: true, fact: true },
    { value: "sample", label: t`Sample or own use: take away`, type: "adjustment", takes: true, fact: false },
    { value: "correction", label: t`Correction: take away`, type: "adjustment", takes: true, fact: false },
  ];
}
