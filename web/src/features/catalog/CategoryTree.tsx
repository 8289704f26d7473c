import { Plural, useLingui } from "@lingui/react/macro";
import { Box, IconButton, Tooltip } from "@mui/material";
import { type ReactNode, useState } from "react";
import { Icon, type IconName, light, tint } from "@/design";
import { Anchor } from "@/lib/Anchor";
import { usePanel } from "@/lib/navigation";
import type { Category, CategoryBranch } from "./queries";
import { flat } from "./tree";

interface TreeProps {
  branches: CategoryBranch[];
  mayWrite: boolean;
  onRemove: (category: Category) => void;
}

/** Categories as nested lists; each with its products, and what may be done to it. */
export function CategoryTree(props: TreeProps) {
  return (
    <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0, "& ul": { listStyle: "none", m: 0, p: 0 } }}>
      {props.branches.map((branch) => (
        <BranchItem key={branch.row.id} {...props} branch={branch} />
      ))}
    </Box>
  );
}

function BranchItem({ branch, ...props }: TreeProps & { branch: CategoryBranch }) {
  const [open, setOpen] = useState(branch.depth < 2);
  const { row, depth, below } = branch;
  const total = flat([branch]).reduce((sum, one) => sum + one.row.products, 0);
  return (
    <li>
      <Box
        sx={{
          display: "flex",
          alignItems: "center",
          gap: 1,
          minHeight: 50,
          pl: `${12 + depth * 28}px`,
          pr: 1.5,
          borderBottom: `1px solid ${light.lineSoft}`,
          "&:hover": { bgcolor: tint.hover },
        }}
      >
        <Fold name={row.name} open={open} leaf={below.length === 0} onToggle={() => setOpen(!open)} />
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Box sx={{ fontSize: "0.9rem", fontWeight: 600 }}>{row.name}</Box>
          {row.description && (
            <Box
              sx={{
                fontSize: "0.8125rem",
                color: "text.secondary",
                overflow: "hidden",
                textOverflow: "ellipsis",
                whiteSpace: "nowrap",
              }}
            >
              {row.description}
            </Box>
          )}
        </Box>
        <Box
          component={Anchor}
          href={`/products?filter[category]=${row.id}`}
          sx={{
            fontSize: "0.875rem",
            color: "primary.main",
            whiteSpace: "nowrap",
            textDecoration: "none",
            "&:hover": { textDecoration: "underline" },
          }}
        >
          <Plural value={total} one="# product" other="# products" />
        </Box>
        {props.mayWrite && <Verbs category={row} onRemove={props.onRemove} />}
      </Box>
      {open && below.length > 0 && (
        <ul>
          {below.map((child) => (
            <BranchItem key={child.row.id} {...props} branch={child} />
          ))}
        </ul>
      )}
    </li>
  );
}

interface FoldProps {
  name: string;
  open: boolean;
  leaf: boolean;
  onToggle: () => void;
}

function Fold({ name, open, leaf, onToggle }: FoldProps) {
  const { t } = useLingui();
  if (leaf) return <Box sx={{ width: 30 }} />;
  return (
    <IconButton
      size="small"
      aria-expanded={open}
      aria-label={open ? t`Fold ${name}` : t`Unfold ${name}`}
      onClick={onToggle}
    >
      <Icon name={open ? "chevronDown" : "chevronRight"} sx={{ fontSize: 20 }} />
    </IconButton>
  );
}

function Verbs({ category, onRemove }: { category: Category; onRemove: (category: Category) => void }) {
  const { t } = useLingui();
  const panel = usePanel();
  const { id, name } = category;
  return (
    <Box sx={{ display: "flex" }}>
      <Verb icon="plus" label={t`Add below ${name}`} onPress={() => panel.open("category", { parent: id })} />
      <Verb icon="edit" label={t`Edit ${name}`} onPress={() => panel.open("category", { id })} />
      <Verb icon="trash" label={t`Remove ${name}`} onPress={() => onRemove(category)} />
    </Box>
  );
}

function Verb({ icon, label, onPress }: { icon: IconName; label: string; onPress: () => void }): ReactNode {
  return (
    <Tooltip title={label}>
      <IconButton size="small" aria-label={label} onClick={onPress}>
        <Icon name={icon} sx={{ fontSize: 19, color: "text.secondary" }} />
      </IconButton>
    </Tooltip>
  );
}
