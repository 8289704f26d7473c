import { useLingui } from "@lingui/react/macro";
import { useSave } from "@/api";
import { notify } from "@/design";
import { FormDrawer, SelectInput, TextInput, useForm } from "@/design/form";
import type { PanelProps } from "@/lib/feature";
import { type Category, changeCategory, createCategory, useCategories } from "./queries";
import { flat } from "./tree";

/** Adds a category (below the one that the link names as parent), or edits the one it names. */
export function CategoryPanel({ about, onClose }: PanelProps) {
  const { rows, isPending } = useCategories();
  if (isPending) return null;
  const category = rows.find((row) => row.id === about.id);
  return <CategoryForm category={category} parent={about.parent ?? ""} onClose={onClose} />;
}

interface CategoryFormProps {
  category: Category | undefined;
  parent: string;
  onClose: () => void;
}

function CategoryForm({ category, parent, onClose }: CategoryFormProps) {
  const { t } = useLingui();
  const save = useSave();
  const { branches } = useCategories();
  const all = flat(branches);
  const own = all.find(({ row }) => row.id === category?.id);
  const inside = new Set(own ? flat([own]).map(({ row }) => row.id) : []);
  const form = useForm({
    initial: {
      name: category?.name ?? "",
      parent_id: category?.parent_id ?? parent,
      description: category?.description ?? "",
    },
    check: ({ name }) => ({ name: name.trim() ? undefined : t`Give the category a name.` }),
    save: async (values) => {
      const body = {
        name: values.name.trim(),
        parent_id: values.parent_id || null,
        description: values.description.trim() || null,
      };
      const made = await save(category ? changeCategory(category.id, body) : createCategory(body), [
        "categories",
        "products",
      ]);
      notify(t`${made.name} is saved.`);
    },
    onSaved: onClose,
  });
  return (
    <FormDrawer
      title={category ? t`Edit category` : t`New category`}
      form={form}
      submitLabel={category ? t`Save` : t`Add category`}
      onClose={onClose}
    >
      <TextInput form={form} name="name" label={t`Name`} required autoFocus />
      <SelectInput
        form={form}
        name="parent_id"
        label={t`Below`}
        none={t`Nothing: it stands at the top`}
        options={all
          .filter(({ row }) => !inside.has(row.id))
          .map(({ row, path }) => ({ value: row.id, label: path }))}
      />
      <TextInput form={form} name="description" label={t`Description`} lines={3} />
    </FormDrawer>
  );
}
