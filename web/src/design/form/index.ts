export { Combobox, type ComboboxOption } from "./Combobox";
export { Field, type FieldAria } from "./Field";
export { FormDrawer, Group, Pair } from "./FormDrawer";
export { Select, SelectInput, SwitchInput, TextInput } from "./inputs";
export { type Errors, type Form, useForm } from "./useForm";
