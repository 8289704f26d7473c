// The page asks twice a second for what has changed and touches only that.
const PERCENT = {
  error_rate: "Errors (500)",
  timeout_rate: "Timeouts",
  drop_rate: "Dropped connections",
  webhook_lost_rate: "Webhooks lost",
  webhook_duplicate_rate: "Webhooks doubled",
  webhook_delay_rate: "Webhooks late",
};
const EVERY = 500;
const KEPT = 40;

const shops = new Map();
const crowd = document.querySelector("#crowd");
const notice = document.querySelector("#notice");
let since = 0;
let uptime = 0;

async function call(method, path, body) {
  const answer = await fetch(`/control${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const value = await answer.json();
  if (!answer.ok) throw new Error(value.error.message);
  return value;
}

function say(text) {
  notice.textContent = text;
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function open(slug, name) {
  const part = document.querySelector("#shop").content.cloneNode(true).querySelector("section");
  part.classList.add(slug);
  part.querySelector("h2").textContent = name;
  const form = part.querySelector("form");
  const down = element("label", "switch");
  down.append(Object.assign(document.createElement("input"), { type: "checkbox", name: "down" }), element("span"));
  down.prepend("Shop is down");
  form.append(down);
  for (const [field, title] of [...Object.entries(PERCENT), ["latency_ms", "Latency"]]) {
    const label = element("label", "", `${title}, ${field === "latency_ms" ? "ms" : "%"}`);
    label.append(Object.assign(document.createElement("input"), { type: "number", min: 0, max: field === "latency_ms" ? 60000 : 100, name: field }));
    form.append(label);
  }
  form.addEventListener("change", ({ target }) => {
    const value = target.type === "checkbox" ? target.checked : Number(target.value) / (target.name in PERCENT ? 100 : 1);
    call("PATCH", `/shops/${slug}/faults`, { [target.name]: value }).catch((error) => say(error.message));
  });
  part.querySelector(".presets").addEventListener("click", ({ target }) => {
    if (target.dataset.mood) call("POST", `/shops/${slug}/${target.dataset.mood}`).then(refresh);
  });
  document.querySelector("#shops").append(part);
  const shop = { part, form, rows: new Map(), listings: new Map(), orders: new Map() };
  shops.set(slug, shop);
  return shop;
}

function price(amount, currency) {
  return new Intl.NumberFormat("en-GB", { style: "currency", currency }).format(amount);
}

function showListing(shop, listing) {
  const before = shop.listings.get(listing.sku)?.quantity;
  shop.listings.set(listing.sku, listing);
  let row = shop.rows.get(listing.sku);
  if (!row) {
    row = element("tr");
    row.append(element("td"), element("td", "number"), element("td", "number stock"));
    shop.rows.set(listing.sku, row);
    shop.part.querySelector("tbody").append(row);
  }
  const [title, amount, stock] = row.children;
  title.replaceChildren(listing.title, element("br"), element("code", "", listing.sku));
  amount.textContent = price(listing.price, listing.currency);
  stock.textContent = listing.quantity === 0 ? "sold out" : listing.quantity;
  row.className = listing.quantity === 0 ? "gone" : "";
  if (before !== undefined && before !== listing.quantity) {
    stock.classList.remove("up", "down");
    void stock.offsetWidth; // restarts the highlight
    stock.classList.add(listing.quantity > before ? "up" : "down");
  }
}

function showOrders(shop, orders) {
  if (orders.length === 0) return;
  for (const order of orders) shop.orders.set(order.id, order);
  const newest = [...shop.orders.values()].sort((a, b) => b.placed_at.localeCompare(a.placed_at)).slice(0, KEPT);
  shop.orders = new Map(newest.map((order) => [order.id, order]));
  shop.part.querySelector(".orders").replaceChildren(...newest.map(orderItem));
}

function orderItem(order) {
  const item = element("li");
  const goods = order.lines.map((line) => `${line.quantity} × ${line.title}`).join(", ");
  item.append(
    element("span", `state ${order.status}`, order.status),
    element("strong", "", order.buyer),
    `, ${order.city}`,
    element("div", "what", goods),
    element("code", "", `${order.id} · ${new Date(order.placed_at).toLocaleTimeString("en-GB")} · ${price(order.total, order.currency)}`),
  );
  return item;
}

function showFaults(shop, faults) {
  for (const field of shop.form.elements) {
    if (field === document.activeElement) continue;
    if (field.type === "checkbox") field.checked = faults[field.name];
    else field.value = Math.round(faults[field.name] * (field.name in PERCENT ? 100 : 1));
  }
  const mood = shop.part.querySelector(".mood");
  const bad = faults.down || Object.keys(PERCENT).some((name) => faults[name] > 0);
  mood.textContent = faults.down ? "Down" : bad ? "Bad day" : "Good day";
  mood.classList.toggle("bad", bad);
}

function showFigures(shop, state) {
  const failed = Object.values(state.counters.faults).reduce((sum, number) => sum + number, 0);
  const figures = {
    "articles": state.totals.listings,
    "pieces": state.totals.pieces,
    "orders": state.totals.orders,
    "too late": state.counters.disappointed,
    "calls": state.counters.calls,
    "rate limited": state.counters.limited,
    "faults": failed,
  };
  shop.part.querySelector(".figures").replaceChildren(
    ...Object.entries(figures).map(([name, value]) => {
      const pair = element("div");
      pair.append(element("dt", "", name), element("dd", "", value.toLocaleString()));
      return pair;
    }),
  );
}

function showPlan(plan) {
  crowd.elements.active.checked = plan.active;
  if (crowd.elements.purchases_per_minute !== document.activeElement) {
    crowd.elements.purchases_per_minute.value = plan.purchases_per_minute;
  }
}

function show(state) {
  if (state.uptime < uptime) location.reload(); // another process answers: start over
  ({ uptime, sequence: since } = state);
  showPlan(state.plan);
  for (const seen of state.shops) {
    const shop = shops.get(seen.slug) ?? open(seen.slug, seen.name);
    for (const listing of seen.listings) showListing(shop, listing);
    showOrders(shop, seen.orders);
    showFaults(shop, seen.faults);
    showFigures(shop, seen);
  }
}

async function refresh() {
  try {
    show(await call("GET", `/state?since=${since}`));
    if (notice.textContent.startsWith("The sandbox")) say("");
  } catch {
    say("The sandbox does not answer. Trying again.");
  }
}

async function rush() {
  const [first, second] = [...shops.values()].map((shop) => shop.listings);
  const both = [...first.values()].filter((listing) => listing.quantity > 0 && second.get(listing.sku)?.quantity > 0);
  const scarcest = both.sort((a, b) => a.quantity - b.quantity)[0];
  if (!scarcest) return say("Both shops need an article in stock for a rush.");
  const { buyers, sold } = await call("POST", "/rush", { sku: scarcest.sku, buyers: 10 });
  const results = [...shops].map(([slug, shop]) => `${shop.part.querySelector("h2").textContent} sold ${sold[slug]}`);
  say(`${buyers} buyers wanted “${scarcest.title}” at once: ${results.join(", ")}.`);
  await refresh();
}

crowd.addEventListener("submit", (event) => event.preventDefault());
crowd.addEventListener("change", ({ target }) => {
  const value = target.type === "checkbox" ? target.checked : Number(target.value);
  call("PATCH", "/plan", { [target.name]: value }).catch((error) => say(error.message));
});
document.querySelector("#rush").addEventListener("click", rush);
(async () => {
  for (;;) {
    await refresh();
    await new Promise((done) => setTimeout(done, EVERY));
  }
})();
