await new Promise((resolve) => setTimeout(resolve, 1e6));
export const handler = async () => 1;
