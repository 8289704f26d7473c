import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { meQuery } from "@/api";
import { accessToken, isFirstRun, renew } from "@/api/session";
import { PageSkeleton } from "@/design";
import { setRegion } from "@/lib/format";
import { parseSearch, writeSearch } from "@/lib/navigation";
import { patiently } from "@/lib/patiently";
import { featureRoutes } from "@/routes";
import { NotFound } from "./NotFound";
import { queryClient } from "./queryClient";
import { RouteError } from "./RouteError";
import { Shell } from "./Shell";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound, errorComponent: RouteError });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  component: lazyRouteComponent(() => import("@/features/access"), "SignInPage"),
});

const firstRun = createRoute({
  getParentRoute: () => root,
  path: "/first-run",
  component: lazyRouteComponent(() => import("@/features/access"), "FirstRunPage"),
});

/** Everything behind sign-in: nobody gets past without a token, and who it is is known before a page is drawn. */
async function enter({ location }: { location: { href: string } }): Promise<void> {
  if (!accessToken() && !(await renew())) {
    const next = location.href === "/" ? undefined : location.href;
    throw redirect(
      (await isFirstRun()) ? { to: "/first-run" } : { to: "/sign-in", search: { next } as never },
    );
  }
  const { organization } = await queryClient.ensureQueryData(meQuery);
  setRegion({ currency: organization.currency, timeZone: organization.time_zone });
}

const shell = createRoute({ getParentRoute: () => root, id: "shell", component: Shell, beforeLoad: enter });

const pages = featureRoutes.map(({ path, load }) =>
  createRoute({
    getParentRoute: () => shell,
    path,
    component: lazyRouteComponent(async () => ({ default: await patiently(load) })),
  }),
);

const elsewhere = createRoute({ getParentRoute: () => shell, path: "$", component: NotFound });

export const router = createRouter({
  routeTree: root.addChildren([signIn, firstRun, shell.addChildren([...pages, elsewhere])]),
  parseSearch,
  stringifySearch: writeSearch,
  defaultPendingComponent: PageSkeleton,
  defaultPendingMs: 150,
  defaultErrorComponent: RouteError,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});
