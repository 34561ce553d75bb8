exports.handler = async () => ({ module: 'common', loadedAs: typeof require });
