// The other service, simulated in this process so that the example needs no network: it takes the time
// of a call to a service nearby and costs this process no work but reading the answer.
import { setTimeout as wait } from 'node:timers/promises';

const PAGES = 4;
const ORDERS_A_PAGE = 25;
/** How long each page takes, in milliseconds. */
const LATENCIES_MS = [45, 30, 35, 40];

/** One page of a customer's orders; `nextPage` is null on the last one. */
export async function fetchPage(customer, page) {
  await wait(LATENCIES_MS[(page - 1) % LATENCIES_MS.length]);
  return JSON.parse(bodyOf(customer, page));
}

function bodyOf(customer, page) {
  const orders = Array.from({ length: ORDERS_A_PAGE }, (_, index) => ({
    id: `${customer}-${page}-${index}`,
    lines: [
      { product: 'kettle', quantity: 1 + (index % 3), priceCents: 1999 },
      { product: 'tea', quantity: page, priceCents: 450 },
    ],
  }));
  return JSON.stringify({ orders, nextPage: page < PAGES ? page + 1 : null });
}
