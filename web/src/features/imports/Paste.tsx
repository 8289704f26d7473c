import { useLingui } from "@lingui/react/macro";
import { Box, Button } from "@mui/material";
import { type FormEvent, useState } from "react";
import { useChange } from "@/api";
import { Icon } from "@/design";
import { TextInput, useForm } from "@/design/form";
import { useGo } from "@/lib/navigation";
import { paste } from "./queries";

/** Cells copied from a spreadsheet, pasted instead of a file. */
export function Paste({ kind }: { kind: string }) {
  const { t } = useLingui();
  const go = useGo();
  const [open, setOpen] = useState(false);
  const sent = useChange({ change: paste, touches: ["imports"] });
  const form = useForm({
    initial: { text: "" },
    check: ({ text }) => ({
      text: text.trim().includes("\n") ? undefined : t`Paste headings and at least one row.`,
    }),
    save: async ({ text }) => go(`/import/${(await sent.mutateAsync({ text, kind })).id}`),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    void form.submit();
  };
  if (!open) {
    return (
      <Button color="secondary" sx={{ mt: 1.5 }} onClick={() => setOpen(true)}>
        {t`Paste cells instead`}
      </Button>
    );
  }
  return (
    <Box component="form" noValidate onSubmit={send} sx={{ mt: 2 }}>
      <TextInput
        form={form}
        name="text"
        label={t`Cells, headings first`}
        help={t`Copy them in a spreadsheet and paste them here.`}
        lines={5}
        code
        autoFocus
      />
      <Box sx={{ display: "flex", gap: 1, justifyContent: "flex-end", mt: 1.5 }}>
        <Button color="secondary" onClick={() => setOpen(false)}>
          {t`Cancel`}
        </Button>
        <Button type="submit" variant="contained" loading={form.busy} startIcon={<Icon name="import" />}>
          {t`Take these cells`}
        </Button>
      </Box>
    </Box>
  );
}
