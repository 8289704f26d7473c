import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type Schema, useSave } from "@/api";
import { notify } from "@/design";
import { FormDrawer, SelectInput, SwitchInput, TextInput, useForm } from "@/design/form";
import type { PanelProps } from "@/lib/feature";
import { orNull } from "@/lib/values";
import { changeFeed, type Feed, feedQuery, rateTouches } from "./queries";

/** Where exchange rates come from. */
export function FeedPanel({ onClose }: PanelProps) {
  const { data: feed } = useQuery(feedQuery);
  return feed ? <FeedForm feed={feed} onClose={onClose} /> : null;
}

function FeedForm({ feed, onClose }: { feed: Feed; onClose: () => void }) {
  const { t } = useLingui();
  const save = useSave();
  const form = useForm({
    initial: { source: feed.source as string, url: feed.url ?? "", app_id: "", active: true },
    check: ({ source, app_id }) => ({
      app_id:
        source === "openexchangerates" && !app_id && !feed.has_app_id
          ? t`This source answers only with a key.`
          : undefined,
    }),
    save: async ({ source, url, app_id, active }) => {
      const body = { source: source as Schema<"FeedIn">["source"], url: orNull(url), active };
      await save(changeFeed({ ...body, ...(app_id ? { app_id } : {}) }), rateTouches);
      notify(t`The source of rates is saved.`);
    },
    onSaved: onClose,
  });
  const sources = [
    { value: "ecb", label: t`European Central Bank` },
    { value: "frankfurter", label: "Frankfurter" },
    { value: "openexchangerates", label: "Open Exchange Rates" },
    { value: "sandbox", label: t`Make-believe rates, for trials` },
  ];
  return (
    <FormDrawer
      title={t`Where rates come from`}
      lead={t`What is missing is fetched every four hours; what was said of a day stays.`}
      form={form}
      submitLabel={t`Save`}
      onClose={onClose}
    >
      <SelectInput form={form} name="source" label={t`Source`} options={sources} />
      {form.values.source === "openexchangerates" && (
        <TextInput
          form={form}
          name="app_id"
          label={t`Key`}
          code
          help={feed.has_app_id ? t`Empty: the one that is kept.` : t`It is stored encrypted.`}
        />
      )}
      <TextInput form={form} name="url" label={t`Address`} help={t`Empty: the publisher's own.`} />
      <SwitchInput form={form} name="active" label={t`Fetch rates`} />
    </FormDrawer>
  );
}
