import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useChange } from "@/api";
import { Card, DateTime, RowMenu, type SimpleColumn, SimpleTable } from "@/design";
import { forgetMapping, kindsQuery, mappingsQuery, type SavedMapping } from "./queries";

const rowId = (mapping: SavedMapping) => mapping.id;

/** How files with certain columns are read, by name. */
export function SavedMappings() {
  const { t } = useLingui();
  const { data: found } = useQuery(mappingsQuery);
  const { data: kinds = [] } = useQuery(kindsQuery);
  const forgotten = useChange({ change: forgetMapping, touches: ["import-mappings"] });
  if (!found?.data.length) return null;
  const titles = Object.fromEntries(kinds.map(({ name, title }) => [name, title]));
  const columns: SimpleColumn<SavedMapping>[] = [
    { id: "name", header: t`Name`, cell: (mapping) => mapping.name },
    { id: "kind", header: t`Holds`, width: 200, cell: (mapping) => titles[mapping.kind] ?? mapping.kind },
    {
      id: "used",
      header: t`Last used`,
      width: 180,
      cell: (mapping) => <DateTime value={mapping.used_at} relative />,
    },
    {
      id: "verbs",
      header: t`Actions`,
      width: 90,
      cell: (mapping) => (
        <RowMenu
          label={t`Actions of ${mapping.name}`}
          verbs={[{ label: t`Forget`, icon: "trash", danger: true, run: () => forgotten.mutate(mapping.id) }]}
        />
      ),
    },
  ];
  return (
    <Card flush title={t`Saved mappings`}>
      <SimpleTable label={t`Saved mappings`} columns={columns} rows={found.data} rowId={rowId} />
    </Card>
  );
}
