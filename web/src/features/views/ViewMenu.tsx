import { useLingui } from "@lingui/react/macro";
import { Box, Button, Divider, Menu, MenuItem } from "@mui/material";
import { useState } from "react";
import { Icon, notify } from "@/design";
import {
  changeView,
  openFirst,
  openPlain,
  removeView,
  type SavedView,
  useSavedViews,
  useViewDeeds,
} from "./queries";
import { SaveView } from "./SaveView";

interface ViewMenuProps {
  /** Which list: "stock-levels". */
  list: string;
  /** How the list is now, as it would be kept. */
  state: Record<string, unknown>;
  onOpen: (state: Record<string, unknown>) => void;
}

/** The views of a list that are kept by name: open one, keep this one, share it, let the list open with it. */
export function ViewMenu({ list, state, onOpen }: ViewMenuProps) {
  const { t } = useLingui();
  const views = useSavedViews(list);
  const run = useViewDeeds();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [saving, setSaving] = useState(false);
  const [open, setOpen] = useState<SavedView | null>(null);
  const close = () => setAnchor(null);
  const now = views.find((view) => view.id === open?.id);

  const act = (deed: Promise<unknown>, said: string) => {
    close();
    void run(deed).then((done) => done && notify(said));
  };
  const verbs = now && [
    ...(now.mine
      ? [
          {
            label: t`Keep this as ${now.name}`,
            run: () => act(changeView(now.id, { state }), t`View renewed.`),
          },
          {
            label: now.shared ? t`Stop sharing` : t`Share with everybody here`,
            run: () =>
              act(changeView(now.id, { shared: !now.shared }), now.shared ? t`Yours alone.` : t`Shared.`),
          },
          { label: t`Remove ${now.name}`, run: () => act(removeView(now.id), t`View removed.`) },
        ]
      : []),
    now.opens_first
      ? { label: t`Open without a view`, run: () => act(openPlain(now.id), t`The list opens as it is.`) }
      : {
          label: t`Always open with this`,
          run: () => act(openFirst(now.id), t`The list opens with this view.`),
        },
  ];

  return (
    <>
      <Button
        variant="outlined"
        color="secondary"
        startIcon={<Icon name="filter" />}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {now ? now.name : t`Views`}
      </Button>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={close}>
        {views.map((view) => (
          <MenuItem
            key={view.id}
            role="menuitemradio"
            aria-checked={view.id === now?.id}
            onClick={() => {
              setOpen(view);
              onOpen(view.state);
              close();
            }}
          >
            <Box component="span" sx={{ width: 28, display: "inline-flex" }}>
              {view.id === now?.id && <Icon name="check" sx={{ fontSize: 18 }} />}
            </Box>
            {view.name}
            <Box component="span" sx={{ ml: 1, color: "text.secondary", fontSize: "0.8125rem" }}>
              {view.mine ? view.shared && t`shared` : view.owner}
            </Box>
          </MenuItem>
        ))}
        {views.length > 0 && <Divider />}
        {verbs?.map((verb) => (
          <MenuItem key={verb.label} onClick={verb.run}>
            {verb.label}
          </MenuItem>
        ))}
        <MenuItem
          onClick={() => {
            close();
            setSaving(true);
          }}
        >
          {t`Save as a new view`}
        </MenuItem>
      </Menu>
      {saving && <SaveView list={list} state={state} onClose={() => setSaving(false)} onSaved={setOpen} />}
    </>
  );
}
