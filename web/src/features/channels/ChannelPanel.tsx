import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useChange, useSave } from "@/api";
import { notify, RemoveButton } from "@/design";
import { FormDrawer, Group, Pair, SelectInput, TextInput, useForm } from "@/design/form";
import { notNegative, numberOrEmpty } from "@/lib/checks";
import type { PanelProps } from "@/lib/feature";
import { useGo } from "@/lib/navigation";
import { ConnectionTest } from "./ConnectionTest";
import { bodyOf, start } from "./channelForm";
import {
  type ChannelDetail,
  changeChannel,
  channelQuery,
  createChannel,
  removeChannel,
  touches,
} from "./queries";
import { Warehouses } from "./Warehouses";
import { useTypes } from "./words";

/** Connects a channel, or changes the one that the link names. */
export function ChannelPanel({ about, onClose }: PanelProps) {
  const { data: found } = useQuery({ ...channelQuery(about.id ?? ""), enabled: Boolean(about.id) });
  if (about.id && !found) return null;
  return <ChannelForm channel={found?.data} tag={found?.tag} onClose={onClose} />;
}

interface ChannelFormProps {
  channel: ChannelDetail | undefined;
  tag: string | null | undefined;
  onClose: () => void;
}

function ChannelForm({ channel, tag, onClose }: ChannelFormProps) {
  const { t } = useLingui();
  const go = useGo();
  const save = useSave();
  const types = useTypes();
  const byHand = t`I write its orders myself`;
  const connectors = [
    { value: "sandbox", label: t`Over the network` },
    { value: "manual", label: byHand },
  ];
  const form = useForm({
    initial: start(channel),
    check: (values) => ({
      name: values.name.trim() ? undefined : t`Give it a name.`,
      endpoint:
        values.connector === "manual" || /^https?:\/\/\S+$/.test(values.endpoint.trim())
          ? undefined
          : t`Write the address of its API, beginning with https://.`,
      buffer: notNegative(values.buffer, t`Write a number, 0 or more.`),
      maximum_shown: numberOrEmpty(values.maximum_shown, t`Write a number, or leave it empty.`),
      priority: /^\d{1,5}$/.test(values.priority) ? undefined : t`Write a whole number.`,
    }),
    save: async (values) => {
      const body = bodyOf(values);
      const { connector } = values;
      const made = await save(
        channel
          ? changeChannel(channel.id, body, tag)
          : createChannel({ ...body, connector: connector as ChannelDetail["connector"] }),
        touches,
      );
      notify(
        channel ? t`${made.name} is saved.` : t`${made.name} is connected; its numbers are on their way.`,
      );
      if (channel) onClose();
      else go(`/channels/${made.code}`);
    },
  });
  const manual = form.values.connector === "manual";
  return (
    <FormDrawer
      title={channel ? t`Edit ${channel.name}` : t`Connect a channel`}
      lead={t`Credentials are kept encrypted and never shown again.`}
      form={form}
      submitLabel={channel ? t`Save` : t`Connect`}
      onClose={onClose}
      extra={channel && <Remove channel={channel} />}
    >
      <Pair>
        <TextInput form={form} name="name" label={t`Name`} required autoFocus={!channel} />
        <SelectInput form={form} name="type" label={t`Type`} options={types} />
      </Pair>
      {!channel && (
        <SelectInput form={form} name="connector" label={t`How it is reached`} options={connectors} />
      )}
      {!manual && (
        <Group title={t`Connection`}>
          <TextInput form={form} name="endpoint" label={t`Address of its API`} type="url" code required />
          <TextInput
            form={form}
            name="token"
            label={t`Access token`}
            type="password"
            code
            autoComplete="new-password"
            help={channel?.has_credentials ? t`Empty: the one on file stays.` : undefined}
          />
          <ConnectionTest endpoint={form.values.endpoint} token={form.values.token} saved={channel} />
        </Group>
      )}
      <Group
        title={t`What it shows`}
        lead={t`Available stock, less what is held back, up to the most shown.`}
      >
        <Pair>
          <TextInput form={form} name="buffer" label={t`Held back of each SKU`} numeric />
          <TextInput
            form={form}
            name="maximum_shown"
            label={t`Most shown`}
            numeric
            help={t`Empty: all there is.`}
          />
        </Pair>
        <Warehouses chosen={form.values.warehouses} onChange={(codes) => form.set("warehouses", codes)} />
        <TextInput
          form={form}
          name="priority"
          label={t`Order of service`}
          numeric
          help={t`When stock is short, the channel with the lower number is served first.`}
        />
      </Group>
    </FormDrawer>
  );
}

function Remove({ channel }: { channel: ChannelDetail }) {
  const { t } = useLingui();
  const go = useGo();
  const remove = useChange({
    change: () => removeChannel(channel.id),
    touches,
    said: () => t`${channel.name} is no longer connected.`,
  });
  return (
    <RemoveButton
      name={channel.name}
      busy={remove.isPending}
      onRemove={() => remove.mutate(undefined, { onSuccess: () => go("/channels") })}
    >
      {t`Nothing is pushed to it or fetched from it any more. Its orders stay on file.`}
    </RemoveButton>
  );
}
