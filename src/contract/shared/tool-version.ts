/** The version of this tool as results name it: the one of package.json, which a test holds it to. */
export const TOOL_VERSION = '0.1.0';
