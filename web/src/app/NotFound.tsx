import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { EmptyState, Page, PageHeader } from "@/design";
import { Anchor } from "@/lib/Anchor";

export function NotFound() {
  const { t } = useLingui();
  const home = (
    <Button component={Anchor} href="/" variant="contained">
      {t`To the dashboard`}
    </Button>
  );
  return (
    <Page>
      <PageHeader title={t`There is no such page`} />
      <EmptyState icon="search" title={t`Nothing is at this address`} action={home}>
        {t`The address may be mistyped, or what it showed has been removed.`}
      </EmptyState>
    </Page>
  );
}
