"""One stage of the journey, one file: findings to actions."""
