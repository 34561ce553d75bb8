'use strict';
// As esbuild writes CommonJS: exports are getters, and there is no `exports.handler = …`.
const define = Object.defineProperty;
const toCommonJs = (module) => define({}, '__esModule', { value: true, ...module });
const app = {};
define(app, 'handler', { get: () => handler, enumerable: true });
define(app, '__esModule', { value: true });
module.exports = app;
void toCommonJs;
var handler = async () => 'bundled';
