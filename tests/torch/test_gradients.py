"""The whole model's loss and gradient against PyTorch in float64, written for this test alone."""

from random import Random

import pytest
import torch
from torch.nn import functional

from microgpt.loss import document_loss
from microgpt.parameters import Model

CONFIGURATIONS = [
    {},
    {"layers": 2},
    {"width": 12, "heads": 3, "layers": 3},
    {"width": 8, "heads": 1, "block": 4},
    {"width": 6, "heads": 6, "layers": 2},
]


def rms(x):
    return x / torch.sqrt((x * x).mean(dim=-1, keepdim=True) + 1e-5)


def torch_loss(tables, tokens, heads, layers, block):
    """All positions at once, with a mask in place of the order."""
    count = min(block, len(tokens) - 1)
    codes, targets = torch.tensor(tokens[:count]), torch.tensor(tokens[1 : count + 1])
    x = rms(tables["token"][codes] + tables["position"][:count])
    mask = torch.ones(count, count, dtype=torch.bool).tril()
    for layer in range(layers):
        y = rms(x)
        query, key, value = (
            (y @ tables[f"{layer}.{name}"].T).view(count, heads, -1).transpose(0, 1)
            for name in ("query", "key", "value")
        )
        scores = query @ key.transpose(1, 2) / query.shape[-1] ** 0.5
        weights = scores.masked_fill(~mask, float("-inf")).softmax(dim=-1)
        gathered = (weights @ value).transpose(0, 1).reshape(count, -1)
        x = x + gathered @ tables[f"{layer}.mix"].T
        hidden = torch.relu(rms(x) @ tables[f"{layer}.expand"].T)
        x = x + hidden @ tables[f"{layer}.contract"].T
    return functional.cross_entropy(x @ tables["output"].T, targets)


@pytest.mark.parametrize("sizes", CONFIGURATIONS)
@pytest.mark.parametrize("tokens", [[5, 0, 1, 1, 4, 0, 5], [5, 3, 5], [5, 2, 2, 2, 2, 2, 5]])
def test_loss_and_every_gradient_agree_with_pytorch(sizes, tokens):
    model = Model(**sizes)
    model.draw(6, Random(11))
    loss = document_loss(tokens, model)
    loss.backward()
    tables = {
        name: torch.tensor(
            [[value.data for value in row] for row in matrix],
            dtype=torch.float64,
            requires_grad=True,
        )
        for name, matrix in model.matrices.items()
    }
    theirs = torch_loss(tables, tokens, model.heads, model.layers, model.block)
    theirs.backward()
    assert loss.data == pytest.approx(theirs.item(), rel=1e-12)
    for name, matrix in model.matrices.items():
        ours = torch.tensor([[value.grad for value in row] for row in matrix], dtype=torch.float64)
        torch.testing.assert_close(ours, tables[name].grad, rtol=1e-9, atol=1e-12)
