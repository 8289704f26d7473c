import { useLingui } from "@lingui/react/macro";

type Thing = [named: string, nameless: string, kind: string];

/** Kinds of things: within a sentence with their name and without it, and alone. */
function useThings(name: string): Record<string, Thing> {
  const { t } = useLingui();
  return {
    product: [name, t`a product`, t`Products`],
    order: [t`order ${name}`, t`an order`, t`Orders`],
    transfer: [t`transfer T-${name}`, t`a transfer`, t`Transfers`],
    category: [t`the category ${name}`, t`a category`, t`Categories`],
    warehouse: [t`the warehouse ${name}`, t`a warehouse`, t`Warehouses`],
    supplier: [t`the supplier ${name}`, t`a supplier`, t`Suppliers`],
    supplier_item: [t`what a supplier asks for ${name}`, t`what a supplier asks`, t`Supplier prices`],
    customer: [t`the customer ${name}`, t`a customer`, t`Customers`],
    seller: [t`the seller ${name}`, t`a seller`, t`Sellers`],
    channel: [t`the channel ${name}`, t`a channel`, t`Channels`],
    conflict: [t`the conflict ${name}`, t`a conflict`, t`Conflicts`],
    import: [t`the import of ${name}`, t`an import`, t`Imports`],
    forecast: [t`the forecast of ${name}`, t`a forecast`, t`Forecasts`],
    reorder_policy: [t`the reorder point of ${name}`, t`a reorder point`, t`Reorder points`],
    organization: [t`the organization ${name}`, t`the organization`, t`Organization`],
    user: [t`the account of ${name}`, t`an account`, t`People`],
    unit: [t`the unit ${name}`, t`a unit`, t`Units`],
    product_measure: [t`the units of ${name}`, t`the units of a product`, t`Units of products`],
    custom_field: [t`the field ${name}`, t`a field`, t`Custom fields`],
    api_key: [t`the API key ${name}`, t`an API key`, t`API keys`],
    job: [t`the job ${name}`, t`a job`, t`Jobs`],
  };
}

/** The thing that a change was about, as a sentence names it. */
export function useThing(): (entity: string, subject: string | null) => string {
  const mark = "\u0000";
  const things = useThings(mark);
  return (entity, subject) => {
    const [named, nameless] = things[entity] ?? [mark, entity.replaceAll("_", " ")];
    return subject ? named.replace(mark, subject) : nameless;
  };
}

export function useEntityOptions(): { value: string; label: string }[] {
  const things = useThings("");
  return Object.entries(things)
    .map(([value, [, , label]]) => ({ value, label }))
    .sort((a, b) => a.label.localeCompare(b.label));
}
