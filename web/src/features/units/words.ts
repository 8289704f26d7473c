import { useLingui } from "@lingui/react/macro";

/** What a unit measures, in words. */
export function useDimensions(): { value: string; label: string }[] {
  const { t } = useLingui();
  return [
    { value: "package", label: t`Package, its content differs by product` },
    { value: "count", label: t`Pieces` },
    { value: "mass", label: t`Mass, in grams` },
    { value: "volume", label: t`Volume, in millilitres` },
    { value: "length", label: t`Length, in millimetres` },
    { value: "area", label: t`Area, in square metres` },
    { value: "time", label: t`Time, in minutes` },
  ];
}
