export default {
  mode: 'production',
  entry: './bundlers/main.js',
  // The chunk of LiveKit, and the model that separates people from the background, are loaded when a call needs them.
  performance: { hints: false },
};
