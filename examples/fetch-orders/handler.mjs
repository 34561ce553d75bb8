// Bound by waiting: asks another service for one page of orders after the other and adds them up. More
// memory makes the little work around the waiting faster, and the waiting not at all, so small is cheap.
import { fetchPage } from './upstream.mjs';

/** Event: { "customer": "c-17" }. Answers how many orders there are and what they come to, in cents. */
export async function handler(event) {
  let orders = 0;
  let totalCents = 0;
  for (let page = 1; page !== null;) {
    const reply = await fetchPage(event.customer, page);
    for (const order of reply.orders) {
      orders += 1;
      for (const line of order.lines) totalCents += line.quantity * line.priceCents;
    }
    page = reply.nextPage;
  }
  return { customer: event.customer, orders, totalCents };
}
