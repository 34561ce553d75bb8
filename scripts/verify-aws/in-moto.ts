/**
 * What moto 5.2.1 does otherwise than AWS documents, or does not have, by the assumption that shows it. All
 * other assumptions that can be tried hold there, which `npm run test:independent` sees to.
 */
export const NOT_IN_MOTO: Readonly<Record<string, string>> = {};
