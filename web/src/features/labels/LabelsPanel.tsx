import { useLingui } from "@lingui/react/macro";
import { Box, Button } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Icon } from "@/design";
import { FormDrawer, Pair, SelectInput, SwitchInput, TextInput, useForm } from "@/design/form";
import { positive } from "@/lib/checks";
import type { PanelProps } from "@/lib/feature";
import { drawn, type LabelsAsked, sheetsQuery } from "./queries";

type Kind = NonNullable<LabelsAsked["items"][number]["kind"]>;
type Field = NonNullable<LabelsAsked["fields"]>[number];
type Symbology = NonNullable<LabelsAsked["symbol"]>;

const fields: Field[] = ["name", "code", "price", "lot", "expiry"];

/** Labels of one thing: chosen, looked at, printed. */
export function LabelsPanel({ about, onClose }: PanelProps) {
  const { t } = useLingui();
  const { data: sheets = [] } = useQuery(sheetsQuery);
  const [preview, setPreview] = useState<string>();
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => () => void (preview && URL.revokeObjectURL(preview)), [preview]);
  const form = useForm({
    initial: {
      sheet: "avery-l7160",
      symbol: "auto",
      copies: "1",
      first: "1",
      name: true,
      code: true,
      price: false,
      lot: about.kind === "lot" || about.kind === "serial",
      expiry: about.kind === "lot" || about.kind === "serial",
      outlines: false,
    },
    check: ({ copies, first }) => ({
      copies: positive(copies, t`Write a number above zero.`),
      first: positive(first, t`Write a number above zero.`),
    }),
    save: async (values) => {
      const made = await drawn({
        sheet: values.sheet as LabelsAsked["sheet"],
        symbol: values.symbol as Symbology,
        items: [{ kind: (about.kind ?? "sku") as Kind, key: about.key ?? "", copies: Number(values.copies) }],
        fields: fields.filter((field) => values[field]),
        first: Number(values.first),
        outlines: values.outlines,
      });
      setPreview(URL.createObjectURL(made));
    },
  });
  const symbols = [
    { value: "auto", label: t`The one that fits` },
    { value: "retail", label: t`EAN or UPC` },
    { value: "code128", label: t`Code 128` },
    { value: "gs1_128", label: t`GS1-128` },
    { value: "qr", label: t`QR` },
    { value: "datamatrix", label: t`Data Matrix` },
  ];
  return (
    <FormDrawer
      title={t`Labels`}
      lead={about.name}
      form={form}
      submitLabel={preview ? t`Draw again` : t`Preview`}
      onClose={onClose}
      width={560}
    >
      <SelectInput
        form={form}
        name="sheet"
        label={t`Sheet or roll`}
        options={sheets.map(({ code, name }) => ({ value: code, label: name }))}
      />
      <SelectInput form={form} name="symbol" label={t`Barcode`} options={symbols} />
      <Pair>
        <TextInput form={form} name="copies" label={t`Copies`} numeric required />
        <TextInput
          form={form}
          name="first"
          label={t`Begin at label`}
          numeric
          help={t`For a sheet already begun.`}
        />
      </Pair>
      <SwitchInput form={form} name="name" label={t`Name`} />
      <SwitchInput form={form} name="code" label={t`Code`} />
      <SwitchInput form={form} name="price" label={t`Price`} />
      <SwitchInput form={form} name="lot" label={t`Lot`} />
      <SwitchInput form={form} name="expiry" label={t`Expiry`} />
      <SwitchInput form={form} name="outlines" label={t`Outlines, to see how the sheet lies`} />
      {preview && (
        <Box sx={{ display: "grid", gap: 1 }}>
          <Box
            component="iframe"
            ref={frame}
            title={t`Preview of the labels`}
            src={preview}
            sx={{ width: "100%", height: 420, border: 0 }}
          />
          <Box sx={{ display: "flex", gap: 1 }}>
            <Button variant="contained" onClick={() => frame.current?.contentWindow?.print()}>
              {t`Print`}
            </Button>
            <Button
              variant="outlined"
              color="secondary"
              startIcon={<Icon name="download" />}
              href={preview}
              download="labels.pdf"
            >
              {t`Download`}
            </Button>
          </Box>
        </Box>
      )}
    </FormDrawer>
  );
}
