exports.handler = (_event, _context, callback) => callback(null, 'called back');
exports.methods = async (_event, context) => Object.keys(context).filter((key) => /^(succeed|fail|done)$/.test(key));
