//! Vectors: conversion to calls, and comparison.
