"""Queues as arithmetic: who comes when. Pure: seeds and figures in, customers out."""

from guimian.engines.queueing.arrivals import Customer, Demand, customers

__all__ = ["Customer", "Demand", "customers"]
