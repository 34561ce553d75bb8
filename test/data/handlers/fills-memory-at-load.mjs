const held = [];
for (;;) {
  held.push(Buffer.alloc(4 * 2 ** 20, 1));
  await new Promise((resolve) => setTimeout(resolve, 1));
}
