// Bound by memory: joins sales to products by holding all rows in memory at once, which takes about
// 150 MB. With 128 MB it is killed; from 256 MB on more memory only buys processor time.

const REGIONS = ['north', 'east', 'south', 'west'];

/** Event: { "sales": 450000, "products": 20000 }. Answers what each region sold, in cents. */
export async function handler(event) {
  const products = new Map();
  for (let id = 0; id < event.products; id += 1) {
    products.set(`p-${id}`, { id, priceCents: 100 + (id % 900) });
  }
  const sales = [];
  for (let id = 0; id < event.sales; id += 1) {
    sales.push({
      id,
      product: `p-${(id * 7919) % event.products}`,
      region: REGIONS[id % REGIONS.length],
      quantity: 1 + (id % 5),
    });
  }
  const joined = sales.map((sale) => ({ ...sale, product: products.get(sale.product) }));
  const totals = Object.fromEntries(REGIONS.map((region) => [region, 0]));
  for (const { region, quantity, product } of joined) {
    totals[region] += quantity * product.priceCents;
  }
  return { rows: joined.length, totalCents: totals };
}
