export default {
  root: 'bundlers',
  base: './',
  // The chunk of LiveKit is loaded when a call is too large for a mesh.
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 600,
    rolldownOptions: { checks: { pluginTimings: false } },
  },
};
