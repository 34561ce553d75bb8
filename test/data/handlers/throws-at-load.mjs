console.log('loading');
throw new Error('not today');
