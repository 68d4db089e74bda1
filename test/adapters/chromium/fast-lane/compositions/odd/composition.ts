// Scenes that misbehave, one by one. The stage's bundle wants their components alone; no pack stands behind them.
export default {};
